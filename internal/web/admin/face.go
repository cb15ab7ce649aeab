// Package admin is the desk: where the people of a town hall sign in, see which
// cases are due next, and decide about them; where an administrator sets terms
// and accounts, and an auditor reads what was done.
//
// A citizen never comes here. Every page but those of the entrance names the
// permission it asks for, every deed is a form that works without a script, and
// each tells its consequence and its limit before it is done. The national portal
// has the same entrance for accounts of its own, and no cases.
//
// The law it serves: an answer in time (VAĮ and the Citizens' Requests Rules in
// Lithuania, АПК in Bulgaria) and GDPR art. 32: who was the submitter is closed
// until somebody opens it, and that is kept.
package admin

import (
	"embed"

	"charterhouse/internal/access"
	"charterhouse/internal/casework"
	"charterhouse/internal/files"
	"charterhouse/internal/notify"
	"charterhouse/internal/provision"
	"charterhouse/internal/web"
)

//go:embed *.html
var templates embed.FS

// Addresses of the desk, without the language.
const (
	pathHome    = "/admin"
	pathLogIn   = "/admin/log-in"
	pathLogOut  = "/admin/log-out"
	pathAccount = "/admin/account"

	pathCode        = "/admin/code"
	pathNewPassword = "/admin/new-password"
	pathSecond      = "/admin/second-factor"
	pathForgotten   = "/admin/forgotten"
	pathReset       = "/admin/reset"
	pathInvite      = "/admin/invite"
	pathEmail       = "/admin/email"

	pathCases    = "/admin/cases"
	pathRegister = "/admin/register"
	pathSettings = "/admin/settings"
	pathUsers    = "/admin/users"
	// pathFigures is a page of the national portal, which has its own face.
	pathFigures = "/admin/figures"
	pathAudit   = "/admin/audit"
	pathMails   = "/admin/mails"
)

// Options are what the desk needs of the house. Gate and Post are required, Desk,
// Files and Packs for towns.
type Options struct {
	Gate *access.Gate
	Post *notify.Post
	Desk *casework.Desk
	// Files are the attachments; what a form brings comes through the kit.
	Files *files.Store
	// Packs are what towns inherit from their countries.
	Packs provision.Packs
	// Mark is the portal's drawing, which stands where a town has its emblem.
	Mark web.Drawing
	// Demo: letters are shown with their links, because nobody gets them by mail.
	Demo bool
}

// Site is the desk of all towns, or that of the portal.
type Site struct {
	gate   *access.Gate
	post   *notify.Post
	desk   *casework.Desk
	files  *files.Store
	packs  provision.Packs
	mark   web.Drawing
	demo   bool
	portal bool
}

func newSite(o Options) *Site {
	return &Site{gate: o.Gate, post: o.Post, desk: o.Desk, files: o.Files, packs: o.Packs, mark: o.Mark, demo: o.Demo}
}

// New makes the desk of a town.
func New(o Options) web.Face {
	s := newSite(o)
	return s.face(
		s.entranceRoutes(), s.accountRoutes(), s.deskRoutes(), s.registerRoutes(), s.caseRoutes(),
		s.resultsRoutes(), s.settingsRoutes(), s.userRoutes(), s.auditRoutes(), s.mailRoutes(),
	)
}

// Portal makes the desk of the national portal: accounts, audit and mails of its
// own realm, and no cases.
func Portal(o Options) web.Face {
	s := newSite(o)
	s.portal = true
	return s.face(s.entranceRoutes(), s.accountRoutes(), s.userRoutes(), s.auditRoutes(), s.mailRoutes())
}

func (s *Site) face(parts ...web.Routes) web.Face {
	face := web.Face{
		Name: "admin", Templates: templates, Dir: "internal/web/admin",
		LogIn: pathLogIn, Complete: s.complete,
	}
	for _, part := range parts {
		face.Routes = append(face.Routes, part...)
	}
	return face
}
