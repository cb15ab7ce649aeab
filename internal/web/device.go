package web

import "strings"

// device says in two words what a browser calls itself, and nothing that would
// tell one visitor from another: "Firefox, Windows". Empty where it says nothing
// that is known.
func device(agent string) string {
	find := func(names ...string) string {
		for _, n := range names {
			mark, name, _ := strings.Cut(n, "=")
			if strings.Contains(agent, mark) {
				return name
			}
		}
		return ""
	}
	// Every browser also names those that it descends from: the order decides.
	browser := find("Edg=Edge", "OPR/=Opera", "Firefox/=Firefox", "FxiOS=Firefox", "CriOS=Chrome", "Chrome/=Chrome", "Safari/=Safari")
	system := find("iPhone=iOS", "iPad=iPadOS", "Android=Android", "Windows=Windows", "Mac OS X=macOS", "CrOS=ChromeOS", "Linux=Linux")
	if browser == "" || system == "" {
		return browser + system
	}
	return browser + ", " + system
}
