package files

import "charterhouse/internal/i18n"

// Why a file is not taken, and what to do.
const (
	KeyKind     i18n.Key = "files.kind"      // Name
	KeyTooLarge i18n.Key = "files.too_large" // Name, Limit in MB
	KeyTooMany  i18n.Key = "files.too_many"  // Count
	KeyBroken   i18n.Key = "files.broken"    // Name
	KeyEmpty    i18n.Key = "files.empty"     // Name
	KeyPixels   i18n.Key = "files.pixels"    // Name
	KeyUnfolds  i18n.Key = "files.unfolds"   // Name
	KeyPicture  i18n.Key = "files.picture"   // Name
	KeyNoRoom   i18n.Key = "files.no_room"   // Name
	KeyLinked   i18n.Key = "files.linked"    // Name
	KeyNoFile   i18n.Key = "files.no_such_file"
)
