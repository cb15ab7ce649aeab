package app

import "runtime"

// Built says what this program is.
type Built struct {
	Version  string `json:"version"`
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

// Version describes the program; number is what the linker was told.
func Version(number string) Built {
	return Built{Version: number, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
}
