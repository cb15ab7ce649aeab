package notify

import "charterhouse/internal/address"

// Address is address.Mail with a refusal (Invalid, KeyAddress) for whoever typed
// what no letter can go to.
func Address(typed string) (string, error) {
	written, ok := address.Mail(typed)
	if !ok {
		return "", invalid(KeyAddress, "email")
	}
	return written, nil
}
