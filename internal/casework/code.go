package casework

import "strings"

// Code is what opens a case for whoever filed it: 80 bits, written as 16 signs
// of Crockford's alphabet and one that checks them. It is computed from the
// server's key, the realm and the ticket of the form, and is nowhere stored: a
// form sent twice shows the same code, and a stolen database shows none.
type Code string

const (
	codeBytes = 10
	codeSigns = codeBytes * 8 / 5

	// crockford has no I, L, O and U: they are taken for others, or make words.
	crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
)

// newCode writes the code of a ticket.
func (k *key) newCode(realm string, n nonce) Code {
	raw := mac(k.code, realm, string(n[:]))[:codeBytes]
	signs := make([]byte, 0, codeSigns+1)
	var bits uint32
	have := 0
	for _, b := range raw {
		bits, have = bits<<8|uint32(b), have+8
		for have >= 5 {
			have -= 5
			signs = append(signs, crockford[bits>>have&31])
		}
	}
	return Code(append(signs, checkSign(signs)))
}

// checkSign is a sum over the field of 32 elements in which each place has a
// weight of its own. It finds every single wrong sign and every two that were
// swapped, with a sign of the same alphabet; Crockford's own check needs five
// more signs ($, =, …) that nobody can dictate over the telephone.
func checkSign(signs []byte) byte {
	sum := byte(0)
	for _, c := range signs {
		// Horner's rule: the weights are powers of the element 2.
		sum = double(sum) ^ byte(strings.IndexByte(crockford, c))
	}
	return crockford[double(sum)]
}

// double multiplies by 2 in GF(32), modulo x^5 + x^2 + 1.
func double(x byte) byte {
	x <<= 1
	if x&32 != 0 {
		x ^= 0b100101
	}
	return x
}

// String writes the code in groups, as it is shown: 7K2M-9QXT-4D0A-HNB5-C.
func (c Code) String() string {
	var b strings.Builder
	for i := range len(c) {
		if i > 0 && i%4 == 0 {
			b.WriteByte('-')
		}
		b.WriteByte(c[i])
	}
	return b.String()
}

// readCode takes a code as people type it: any case, spaces, hyphens and
// dashes, the letters that look alike, also in Cyrillic. It tells whether the
// check sign fits; what does not is still a code, which opens nothing.
func readCode(typed string) (Code, bool) {
	signs := make([]byte, 0, codeSigns+1)
	for _, c := range typed {
		sign, counts := signOf(c)
		if !counts {
			continue
		}
		if sign == 0 || len(signs) > codeSigns {
			return Code(signs), false
		}
		signs = append(signs, sign)
	}
	if len(signs) != codeSigns+1 {
		return Code(signs), false
	}
	return Code(signs), checkSign(signs[:codeSigns]) == signs[codeSigns]
}

// signOf gives the sign meant by a letter; 0 for one that is in no code, and
// false for what stands between the groups.
func signOf(c rune) (sign byte, counts bool) {
	if strings.ContainsRune(" \t\r\n\u00a0-‐‑–—_.", c) {
		return 0, false
	}
	const alike = "oOоОiIlLіІ|аАвВсСеЕнНкКмМрРтТхХуУјЈѕЅ"
	const meant = "00001111111AABBCCEEHHKKMMPPTTXXYYJJSS"
	at := 0
	for _, a := range alike {
		if a == c {
			return meant[at], true
		}
		at++
	}
	if c >= 'a' && c <= 'z' {
		c -= 'a' - 'A'
	}
	if c < 128 && strings.IndexByte(crockford, byte(c)) >= 0 {
		return byte(c), true
	}
	return 0, true
}

// lookupOf is what the database keeps of a code.
func (k *key) lookupOf(realm string, c Code) []byte { return mac(k.lookup, realm, string(c)) }
