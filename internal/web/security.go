package web

import "net/http"

// The headers of every answer, ready to be put into a header map.
var (
	headerCSP = []string{"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"}
	headerNosniff     = []string{"nosniff"}
	headerReferrer    = []string{"same-origin"}
	headerNoReferrer  = []string{"no-referrer"}
	headerSandbox     = []string{"sandbox; default-src 'none'"}
	headerPermissions = []string{"camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"}
	headerSameOrigin  = []string{"same-origin"}
	headerHSTS        = []string{"max-age=63072000"}
)

// setSecurity allows a page our own files and nothing else: nothing inline, no
// frame, no other host.
func setSecurity(h http.Header, secure bool) {
	h["Content-Security-Policy"] = headerCSP
	h["X-Content-Type-Options"] = headerNosniff
	h["Referrer-Policy"] = headerReferrer
	h["Permissions-Policy"] = headerPermissions
	h["Cross-Origin-Opener-Policy"] = headerSameOrigin
	h["Cross-Origin-Resource-Policy"] = headerSameOrigin
	if secure {
		h["Strict-Transport-Security"] = headerHSTS
	}
}
