package notify

import "charterhouse/internal/i18n"

// What stands in every letter. The rest belongs to whoever queues it.
const (
	keyGreeting      i18n.Key = "notify.greeting"
	keyClosing       i18n.Key = "notify.closing"
	keyLinkElse      i18n.Key = "notify.link_else"
	keyFooterNoReply i18n.Key = "notify.footer.no_reply"
	keyFooterReply   i18n.Key = "notify.footer.reply"
)

// What is refused.
const (
	KeyAddress   i18n.Key = "notify.address"
	KeyTooLong   i18n.Key = "notify.too_long"
	KeyNoMail    i18n.Key = "notify.no_such_mail"
	KeyNotResent i18n.Key = "notify.not_resent"
	KeyNoServer  i18n.Key = "notify.no_server"
)
