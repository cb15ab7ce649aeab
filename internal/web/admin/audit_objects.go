package admin

import (
	"strconv"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
	"charterhouse/internal/web"
)

// auditWords puts what the chain keeps by short names into words. What it has no
// words for is left to the record as it stands.
type auditWords struct {
	r     *web.Request
	town  *casework.Town // nil on the portal
	users map[int64]string
}

func (s *Site) auditWords(r *web.Request) (*auditWords, error) {
	w := &auditWords{r: r, users: map[int64]string{}}
	if r.Portal() {
		return w, nil
	}
	var err error
	w.town, err = s.town(r)
	return w, err
}

// user names an account; one that was forgotten has a number only.
func (w *auditWords) user(id int64) (string, error) {
	if name, known := w.users[id]; known {
		return name, nil
	}
	u, err := access.GetUser(w.r.Ctx, w.r.Tx, id)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return "", err
	}
	if w.users[id] = u.Name; u.Name == "" {
		w.users[id] = number(id)
	}
	return w.users[id], nil
}

// object names what an entry is about and gives the page that it leads to, where
// this reader may open it; empty where there is no word, or no page.
func (w *auditWords) object(object string) (label, leads string, err error) {
	r := w.r
	kind, rest, _ := strings.Cut(object, "/")
	say := func(key i18n.Key) string { return r.Say(key, i18n.Args{"Name": rest}) }
	may := func(perm access.Permission, path string) string {
		if !r.Principal.Can(perm) {
			return ""
		}
		return r.URL(path)
	}
	switch kind {
	case "case":
		return say(KeyObjectCase), may(access.CaseRead, casePath(rest, "")), nil
	case "user":
		id, parseErr := strconv.ParseInt(rest, 10, 64)
		if parseErr != nil {
			return r.Say(KeyObjectUnknown, nil), "", nil
		}
		name, err := w.user(id)
		return r.Say(KeyObjectUser, i18n.Args{"Name": name}), may(access.UsersManage, pathUsers+"/user/"+rest), err
	case "settings", "rules":
		key, path := settingOf(object)
		label = r.Say(KeySettingsTitle, nil)
		if key != "" {
			label = r.Say(key, nil)
		}
		if what, isKind := strings.CutPrefix(object, "rules/kind/"); isKind {
			label += ": " + strings.ToLower(kindName(r, what))
		}
		return label, may(access.SettingsRead, path), nil
	case "mail":
		return say(KeyObjectMail), may(access.MailRead, pathMails+"/mail/"+rest), nil
	case "charter":
		return say(KeyObjectCharter), r.URL("/charter/versions/" + rest), nil
	case "commitment":
		return say(KeyObjectCommitment), r.URL("/commitments/" + rest), nil
	case "page":
		return say(KeyObjectPage), "", nil
	case "tenant":
		return say(KeyObjectTown), "", nil
	}
	return "", "", nil
}

// settingOf is the page of the settings that an object of the chain stands on.
func settingOf(object string) (i18n.Key, string) {
	switch object {
	case "settings/channels":
		return KeyChannelsTitle, pathChannels
	case "settings/calendar":
		return KeyDaysTitle, pathDays
	case "settings/departments":
		return KeyDepartmentsTitle, pathDepartments
	case "settings/hours":
		return KeyHoursTitle, pathSettings
	case "settings/privacy":
		return KeyRetentionTitle, pathSettings
	case "rules/anonymous":
		return KeyAnonymousTitle, pathSettings
	case "rules/asking", "rules/outside_hours":
		return KeyCountingTitle, pathSettings
	}
	if strings.HasPrefix(object, "rules/kind/") {
		return KeyTermsTitle, pathTerms
	}
	return "", pathSettings
}
