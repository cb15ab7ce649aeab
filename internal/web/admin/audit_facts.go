package admin

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/deadline"
	"charterhouse/internal/i18n"
)

// auditFact is one particular of an entry, in words.
type auditFact struct{ Label, Value string }

// factKeys are the labels of particulars, by their names in the chain. Those of
// fields of the settings are labels that their pages have.
func factKeys() map[string]i18n.Key {
	return map[string]i18n.Key{
		"to": KeyFactTo, "department": KeyInboxDepartment, "assignee": KeyInboxAssignee, "ground": KeyActDeclineGround,
		"final": KeyFactFinal, "own_due": KeyFactOwnDue, "law_due": KeyFactLawDue, "late": KeyFactLate, "score": KeyFactScore,
		"protected": KeyFactProtected, "notice": KeyFactNotice, "path": KeyFactPath, "attempts": KeyFactAttempts,
		"roles": KeyFactRoles, "until": KeyFactUntil, "ended": KeyFactEnded, "value": KeyFactValue, "reason": KeyActReason, "cases": KeyMenuCases,

		"title": KeyDepartmentTitle, "name": KeyDayName, "date": KeyDayDate, "working": KeyDayWorking, "source": KeySettingsSource,
		"body": KeyChannelBody, "url": KeyChannelLinkURL, "label": KeyChannelLinkLabel, "complaints": KeyChannelComplaints,
		"off": KeyDepartmentOff, "retention": KeyRetentionField, "basis": KeyTermBasis, "note": KeyTermNote, "usual": KeyTermUsual,
		"own.term": KeyTermOwn, "law.term": KeyTermLaw, "extension.by": KeyTermExtension,
	}
}

// facts words the particulars of an entry. rest tells that something of it has no
// words here and stands in the record alone.
func (w *auditWords) facts(detail string) (facts []auditFact, rest bool, err error) {
	decoder := json.NewDecoder(strings.NewReader(detail))
	decoder.UseNumber()
	var content any
	if decoder.Decode(&content) != nil {
		return nil, true, nil
	}
	all, isMap := content.(map[string]any)
	if !isMap {
		return nil, content != nil, nil
	}
	_, amended := all["after"]
	for _, name := range slices.Sorted(maps.Keys(all)) {
		switch {
		case amended && (name == "before" || name == "after"):
			continue
		case name == "version":
			if v, isNumber := all[name].(json.Number); isNumber {
				facts = append(facts, auditFact{Label: w.r.Say(KeySettingsVersion, i18n.Args{"Version": v.String()})})
			}
			continue
		}
		label, known := factKeys()[name]
		if _, list := all[name].([]any); list && name == "to" {
			label = KeyFactRoles
		}
		value, err := w.value(name, all[name])
		if err != nil {
			return nil, false, err
		}
		if !known || value == "" {
			rest = true
			continue
		}
		facts = append(facts, auditFact{w.r.Say(label, nil), value})
	}
	if !amended {
		return facts, rest, nil
	}
	changed, unworded := w.changes(all["before"], all["after"])
	return append(facts, changed...), rest || unworded, nil
}

// value words one value; empty where there are no words for it.
func (w *auditWords) value(name string, value any) (string, error) {
	r := w.r
	switch v := value.(type) {
	case bool:
		if v {
			return r.Say(KeyFactYes, nil), nil
		}
		return r.Say(KeyFactNo, nil), nil
	case json.Number:
		if name != "assignee" {
			return v.String(), nil
		}
		id, err := v.Int64()
		if err != nil {
			return "", nil
		}
		return w.user(id)
	case []any:
		var roles []access.Role
		for _, one := range v {
			if text, isText := one.(string); isText {
				roles = append(roles, access.Role(text))
			}
		}
		return strings.Join(roleNames(r, roles), ", "), nil
	case string:
		return w.text(name, v), nil
	}
	return "", nil
}

func (w *auditWords) text(name, v string) string {
	r := w.r
	if d, err := deadline.ParseDate(v); err == nil {
		return r.Say(KeyDateTyped, i18n.Args{"Date": d})
	}
	switch name {
	case "to":
		if slices.Contains(casework.States(), casework.State(v)) {
			return stateName(r, casework.State(v))
		}
		return ""
	case "department":
		if w.town != nil {
			return departmentName(r, w.town, v)
		}
	case "ground":
		return w.ground(v)
	case "notice":
		return map[string]string{
			string(casework.NoticeMail): r.Say(KeyFactByMail, nil), string(casework.NoticeLetter): r.Say(KeyFactByLetter, nil), string(casework.NoticePage): r.Say(KeyFactByPage, nil),
		}[v]
	case "own.term", "law.term", "extension.by", "usual":
		if term, err := deadline.ParseTerm(v); err == nil {
			return r.TermTyped(term)
		}
	}
	return v
}

// ground names the ground for which a case was left unexamined, as the rule in
// force calls it.
func (w *auditWords) ground(key string) string {
	if w.town == nil {
		return key
	}
	for _, g := range w.town.Rules.Refusals {
		if g.Key == key {
			return w.r.Text(g.Title)
		}
	}
	return key
}

// changes tells which fields of a setting have another value, each with both.
func (w *auditWords) changes(before, after any) (facts []auditFact, rest bool) {
	old, now := map[string]string{}, map[string]string{}
	leaves("", before, old)
	leaves("", after, now)
	paths := slices.Sorted(maps.Keys(now))
	for path := range old {
		if _, stays := now[path]; !stays {
			paths = append(paths, path)
		}
	}
	for _, path := range paths {
		if old[path] == now[path] {
			continue
		}
		label, name := w.field(path)
		if label == "" {
			rest = true
			continue
		}
		value := func(v string) string {
			if v == "" {
				return "–"
			}
			if b, err := strconv.ParseBool(v); err == nil {
				said, _ := w.value(name, b)
				return said
			}
			return w.text(name, v)
		}
		facts = append(facts, auditFact{label, value(old[path]) + " → " + value(now[path])})
	}
	return facts, rest
}

// field names the field at a path: by its last two names, else its last, with the
// language where it has one for each.
func (w *auditWords) field(path string) (label, name string) {
	parts := slices.DeleteFunc(strings.Split(path, "."), func(s string) bool { _, err := strconv.Atoi(s); return s == "" || err == nil })
	lang := ""
	if n := len(parts); n > 1 && slices.Contains(w.r.Langs, parts[n-1]) {
		lang, parts = parts[n-1], parts[:n-1]
	}
	for n := min(2, len(parts)); n > 0; n-- {
		name = strings.Join(parts[len(parts)-n:], ".")
		if key, known := factKeys()[name]; known {
			if label = w.r.Say(key, nil); lang != "" {
				label = w.r.Say(KeySettingsLanguage, i18n.Args{"Field": label, "Language": w.r.Say(i18n.Key("language."+lang), nil)})
			}
			return label, name
		}
	}
	return "", ""
}

// leaves gathers the values of a recorded object by their paths.
func leaves(path string, value any, into map[string]string) {
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			leaves(path+"."+name, inner, into)
		}
	case []any:
		for i, inner := range v {
			leaves(path+"."+strconv.Itoa(i), inner, into)
		}
	case nil:
	default:
		into[path] = fmt.Sprint(v)
	}
}
