// Package casework is how a town deals with what citizens send it: complaints,
// signals, questions, proposals, requests and praise.
//
// So far it holds the rules: by when each kind is answered by the town's own
// promise and by law, how far that may be extended, what is not examined, and
// what becomes of a case without a name. Laws it serves: Lietuvos Respublikos
// viešojo administravimo įstatymas; Административнопроцесуален кодекс, глава 8.
//
// Tables: rules.
package casework
