package paper

// The inks of our papers, as on the screens: date red is that of a seal and of a
// frame, and of nothing else.
var (
	Ground = Ink{252, 249, 244}
	Dark   = Ink{38, 33, 29}
	Soft   = Ink{87, 79, 72}
	Faint  = Ink{110, 101, 93}
	Pale   = Ink{222, 212, 199} // rules between rows
	Red    = Ink{155, 36, 35}
)
