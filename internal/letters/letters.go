// Package letters says how many characters each text may have. The numbers stand once, in the contract: what the client
// counts down from, and what the packages check, is made from them.
package letters

//go:generate go run ./gen ../../api/openapi.yaml letters.gen.go ../../miniprogram/src/services/letters.gen.ts
