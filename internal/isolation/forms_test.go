package isolation

import "net/url"

// form is a form of the route as it is filled in well by a role.
func (w *world) form(r route, role Role) url.Values {
	return url.Values{"nonce": {newNonce()}}
}
