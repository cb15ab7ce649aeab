// Package files keeps what people attach: photographs, PDF and Word documents,
// from a citizen to the town and from the town to the citizen.
//
// A file is looked at before it is kept: what it is by its content and not by its
// name, how large it would become when opened, and what it says about whoever
// made it. Photographs are drawn anew, so that place, time and camera are gone;
// Word documents lose their author. It lies under a random name in a folder of
// its realm, and is only ever given out by a handler that asks who is asking.
//
// Tables: files.
package files
