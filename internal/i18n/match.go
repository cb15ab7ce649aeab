package i18n

import "golang.org/x/text/language"

// longestHeader is how much of an Accept-Language header is read: browsers send
// under 200 bytes.
const longestHeader = 512

// Match gives the language among offered that suits the header best, else the
// first of offered (a town's own language comes first). It never fails: a
// header that cannot be read counts as none. Empty when nothing is offered.
func Match(acceptLanguage string, offered []string) string {
	if len(offered) == 0 {
		return ""
	}
	if acceptLanguage == "" || len(acceptLanguage) > longestHeader {
		return offered[0]
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return offered[0]
	}
	tags := make([]language.Tag, len(offered))
	for i, o := range offered {
		tags[i] = language.Make(o)
	}
	// The index, not the tag: the matcher's tag carries extensions of the request.
	_, i, confidence := language.NewMatcher(tags).Match(wanted...)
	if confidence == language.No {
		return offered[0]
	}
	return offered[i]
}
