package admin

import (
	"slices"

	"charterhouse/internal/casework"
	"charterhouse/internal/fault"
	"charterhouse/internal/i18n"
)

// officerWords are what is said to whoever enters a case for somebody else, in the
// place of what casework says to who files their own.
func officerWords() map[i18n.Key]i18n.Key {
	return map[i18n.Key]i18n.Key{
		casework.KeyNeedKind: KeyRegisterNeedKind, casework.KeyNeedTitle: KeyRegisterNeedTitle, casework.KeyNeedBody: KeyRegisterNeedBody,
		casework.KeyNeedName: KeyRegisterNeedName, casework.KeyNeedEmail: KeyRegisterNeedEmail, casework.KeyNeedAddress: KeyRegisterNeedAddress,
		casework.KeyNeedReplyBy: KeyRegisterNeedReplyBy,
	}
}

// forOfficer words a refusal of the registration for an officer; nil stays nil.
func forOfficer(f *fault.Error) *fault.Error {
	if f == nil {
		return nil
	}
	words := officerWords()
	said := func(key string) string {
		if k, known := words[i18n.Key(key)]; known {
			return string(k)
		}
		return key
	}
	out := *f
	out.Key, out.Fields = said(f.Key), slices.Clone(f.Fields)
	for i := range out.Fields {
		out.Fields[i].Key = said(out.Fields[i].Key)
	}
	return &out
}
