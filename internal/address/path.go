package address

import "strings"

// Path puts the language before a path of the site: Path("lt", "/charter") is
// "/lt/charter", Path("lt", "/") is "/lt/".
func Path(lang, path string) string { return "/" + lang + path }

// Split takes the language off a path: "/lt/charter" gives "lt" and "/charter".
// Without a second slash the rest is empty: "/lt" gives "lt" and "". The first
// segment is not checked against any list of languages.
func Split(path string) (lang, rest string) {
	path = strings.TrimPrefix(path, "/")
	i := strings.IndexByte(path, '/')
	if i < 0 {
		return path, ""
	}
	return path[:i], path[i:]
}

// Canonical tells the other spelling of a path that differs only by a slash at
// its end: "/lt/charter/" gives "/lt/charter", and "/lt" gives "/lt/". It answers
// false where there is none.
func Canonical(path string) (string, bool) {
	lang, rest := Split(path)
	switch {
	case lang == "":
		return "", false
	case rest == "":
		return path + "/", true
	case len(rest) > 1 && strings.HasSuffix(rest, "/") && !strings.HasSuffix(rest, "//"):
		return strings.TrimSuffix(path, "/"), true
	}
	return "", false
}
