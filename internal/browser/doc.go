// Package browser holds the tests that need a browser: what a reader of the four
// towns' sites and of the portal sees and does, in Chromium, with and without
// scripts, in light and dark, at 320 px and on paper. It is no part of the
// service and owns no tables.
//
// One Chromium serves a whole run, and each test has tabs of its own. The service
// runs in the test's own process on the loopback, over a database of the test's
// own. Without Chromium the tests are skipped aloud, or fail where CI is set.
//
// A test reads a page by one evaluated expression after it has loaded and clicks
// and types through the browser's input, as people do; scripts in the page change
// nothing. What every page must hold stands in testdata/inspect.js, and
// TestTheChecksSeeFaults shows that each of these checks finds what it looks for.
package browser
