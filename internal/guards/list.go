package main

// guard is one thing that keeps a promise, with the test that would tell.
type guard struct {
	proof   string // of the catalogue of promises
	without string // what is taken away
	pkg     string
	test    string
	edits   []edit
}

// edit takes a guard out of a file: its text, which stands there once, and what
// stands there instead.
type edit struct{ file, guard, instead string }

// guards are those of a case's way from filing to answer.
func guards() []guard {
	return []guard{
		{"I1", "the door opens the town that was asked for", "internal/isolation", "TestNoRouteShowsOrChangesAnotherTown", []edit{
			{"internal/pg/opening.go", "o := opening{role: r.name, schema: r.name, statement: db.options.StatementTimeout}",
				"o := opening{role: r.name, schema: r.name, statement: db.options.StatementTimeout}\n\tif r.name == \"t_klaipeda\" {\n\t\to.role, o.schema = \"t_peshtera\", \"t_peshtera\"\n\t}"}}},
		{"I2", "a town's tables are its own", "internal/isolation", "TestNoStatementReachesAnotherTown", []edit{
			{"internal/pg/town.go", `d.do("GRANT USAGE ON SCHEMA %s TO %s", name, name)`, `d.do("GRANT USAGE ON SCHEMA %s TO %s", name, tenantsGroup)`},
			{"internal/pg/town.go", "SCHEMA %s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s\",\n\t\ta.server.Owner, name, name)",
				"SCHEMA %s GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO %s\",\n\t\ta.server.Owner, name, tenantsGroup)"}}},
		{"I7", "a form's ticket is sealed for its town", "internal/isolation", "TestWhatOpensOneTownOpensNoOther", []edit{
			{"internal/casework/ticket.go", "seal := mac(t.desk.Keys.current.ticket, t.realm, string(body))[:sealBytes]", "seal := mac(t.desk.Keys.current.ticket, \"\", string(body))[:sealBytes]"},
			{"internal/casework/ticket.go", "mac(k.ticket, t.realm, string(body))[:sealBytes])", "mac(k.ticket, \"\", string(body))[:sealBytes])"}}},
		{"I8", "the page cache knows the town", "internal/isolation", "TestThePageCacheKeepsTownsApart", []edit{
			{"internal/web/cache.go", "k := s.pages.get(pageKey{site.town.ID, r.URL.Path})", "k := s.pages.get(pageKey{1, r.URL.Path})"},
			{"internal/web/page.go", "key := pageKey{v.site.town.ID, r.URL.Path}", "key := pageKey{1, r.URL.Path}"}}},
		{"Z1", "the permission is asked for", "internal/isolation", "TestEveryCellOfTheMatrix", []edit{
			{"internal/web/session.go", "if err := p.Demand(r.route.perm); err != nil {", "if err := p.Demand(r.route.perm); err != nil && false {"}}},
		{"Z2", "the method is that of the request", "internal/isolation", "TestNoSpellingOpensARoute", []edit{
			{"internal/web/visit.go", "\tif s.machine(w, r) {\n",
				"\tif m := r.Header.Get(\"X-HTTP-Method-Override\"); m != \"\" {\n\t\tr.Method = m\n\t}\n\tif s.machine(w, r) {\n"}}},
		{"Z3", "whoever loses an account loses its sessions", "internal/isolation", "TestWhatIsTakenAwayIsGoneAtOnce", []edit{
			{"internal/access/sessions.go", "`DELETE FROM sessions WHERE user_id = $1 AND id <> $2`", "`DELETE FROM sessions WHERE user_id = $1 AND id <> $2 AND id = 0`"}}},
		{"Z4", "a form has the fields that are read", "internal/isolation", "TestNobodyWritesMoreThanTheFormAsks", []edit{
			{"internal/web/admin/register.go", "Department: typed(\"department\")}", "Department: typed(\"department\"), Sample: typed(\"sample\") != \"\"}"}}},
		{"K6", "a form is known by its nonce", "internal/torture", "TestOneFormAHundredTimes", []edit{
			{"internal/casework/submit.go", "n.hash(t.realm), key.lookupOf(t.realm, code), key.id)\n",
				"append(n.hash(t.realm), rand.Text()...), append(key.lookupOf(t.realm, code), rand.Text()...), key.id)\n"},
			{"internal/casework/submit.go", "\t\"context\"\n", "\t\"context\"\n\t\"crypto/rand\"\n"}}},
		{"K2", "a form whose reply was lost is known", "internal/torture", "TestALostReply", []edit{
			{"internal/casework/submit.go", "n.hash(t.realm), key.lookupOf(t.realm, code), key.id)\n",
				"append(n.hash(t.realm), rand.Text()...), append(key.lookupOf(t.realm, code), rand.Text()...), key.id)\n"},
			{"internal/casework/submit.go", "\t\"context\"\n", "\t\"context\"\n\t\"crypto/rand\"\n"}}},
		{"K2", "a lost commit is looked for", "internal/app", "TestALostCommitIsAnsweredAsIfNothingHadHappened", []edit{
			{"internal/web/act.go", "if a.route.settled == nil {", "if a.route.settled != nil {"}}},
		{"K1", "who filed is told", "internal/torture", "TestKilledWhileCitizensFile", []edit{
			{"internal/casework/announce.go", "if a.News == NewsFiled {\n", "if a.News != NewsFiled {\n"}}},
		{"DL3", "a reminder is made once", "internal/casework", "TestRemindersComeOnceOnTheirDay", []edit{
			{"internal/casework/reminders.go", "c.ID, r.Kind, r.DueOn, today, r.Late)", "c.ID, r.Kind, r.DueOn.AddDays(1), today, r.Late)"},
			{"internal/casework/reminders.go", "if n == 1 {\n\t\t\t\tmade", "if n >= 0 {\n\t\t\t\tmade"}}},
		{"F1", "a host is a plain name", "internal/address", "FuzzHost", []edit{
			{"internal/address/host.go", "if label == 0 || name[i-1] == '-' {", "if false {"}}},
		{"F2", "no NUL and no broken letter comes in", "internal/web", "TestBadForms", []edit{
			{"internal/web/intake.go", " || !utf8.ValidString(value) || strings.ContainsRune(value, 0) {", " {"},
			{"internal/web/intake.go", "\t\"unicode/utf8\"\n", ""}}},
		{"F3", "a picture is drawn anew", "internal/files", "TestAPhotographLosesItsPlaceAndStandsUpright", []edit{
			{"internal/files/examine.go", "clean, err = redraw(ctx, name, kind, raw)", "clean = raw"}}},
		{"F3", "a file is what its content is", "internal/files", "TestWhatIsNotTaken", []edit{
			{"internal/files/examine.go", "err = refuse(KeyKind, name)", "kind, clean = PDF, raw"}}},
		{"F3", "a file is saved, and never shown", "internal/web", "TestADownloadIsNoPage", []edit{
			{"internal/web/security.go", "sandbox; default-src 'none'", "default-src 'none'"}}},
		{"F4", "a cell is no formula", "internal/results", "TestNoDownloadHasAFormula", []edit{
			{"internal/results/download.go", "return neutral(v)", "return v"}}},
		{"T1", "a code has its 80 bits", "internal/casework", "TestCodesAreEvenlySpread", []edit{
			{"internal/casework/code.go", "for _, b := range raw {", "for _, b := range append(make([]byte, 7), raw[7:]...) {"}}},
		{"T2", "a code opens its own number", "internal/app", "TestWhatOpensNothingLooksTheSame", []edit{
			{"internal/casework/follow.go", "have != n {", "have != n && false {"}}},
		{"T4", "a link is used up", "internal/access", "TestReset", []edit{
			{"internal/access/links.go", "`DELETE FROM user_tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING user_id`",
				"`SELECT user_id FROM user_tokens WHERE hash = $1 AND purpose = $2 AND expires_at > $3`"},
			{"internal/access/links.go", "`DELETE FROM user_tokens WHERE user_id = $1`", "`DELETE FROM user_tokens WHERE user_id = $1 AND user_id = 0`"}}},
		{"T4", "a session is another one after the second step", "internal/access", "TestSecondFactor", []edit{
			{"internal/access/session.go", "`UPDATE sessions SET hash = $2, second = second OR $3, seen_at = $4 WHERE id = $1`",
				"`UPDATE sessions SET hash = coalesce(hash, $2), second = second OR $3, seen_at = $4 WHERE id = $1`"}}},
		{"H1", "what an entry is about is chained", "internal/isolation", "TestEveryByteOfTheChainCounts", []edit{
			{"internal/audit/chain.go", "\tfield([]byte(l.Object))\n", ""}}},
		{"H1", "entries are chained to those before", "internal/isolation", "TestTheChainShowsWhatIsMissingOrMoved", []edit{
			{"internal/audit/chain.go", "\tfield(prev)\n", ""}}},
		{"H2", "an earlier head stands in the chain", "cmd/charter", "TestARewrittenTailIsFound", []edit{
			{"internal/audit/verify.go", "return found && bytes.Equal(now, hash), err", "return found && len(now) == len(hash), err"}}},
		{"H3", "a deed leaves its entry", "internal/isolation", "TestWhatIsDoneIsRecorded", []edit{
			{"internal/casework/step.go", "s.tx.Record(pg.Entry{Actor: s.actor.ID,", "_ = (pg.Entry{Actor: s.actor.ID,"}}},
		{"H3", "nothing is committed that was not entered", "internal/isolation", "TestNothingIsDoneWithoutItsRecord", []edit{
			{"internal/pg/door.go", "\t\treturn db.seal(ctx, tx)\n", "\t\treturn nil\n"}}},
		{"G2", "the chain names no person", "internal/isolation", "TestNothingPersonalStandsInTheChain", []edit{
			{"internal/casework/people.go", "\t_, err := tx.Exec(ctx, `INSERT INTO case_people",
				"\ttx.Record(pg.Entry{Actor: \"system\", Action: \"case.person\", Object: p.Email})\n\t_, err := tx.Exec(ctx, `INSERT INTO case_people"}}},
		{"N1", "an anonymous case leaves no hour", "internal/app", "TestAnAnonymousCaseLeavesNoTrace", []edit{
			{"internal/casework/submit.go", "t.coarsen(tx) // the dates", "// the dates"}}},
		{"N2", "the log has the pattern of a route", "internal/app", "TestAnAnonymousCaseLeavesNoTrace", []edit{
			{"internal/web/act.go", "\t\tv.route = pattern\n", "\t\tv.route = pattern + \" \" + c.Request.UserAgent()\n"}}},
	}
}
