package importer

import (
	"fmt"
	"regexp"
	"strings"

	"golang.org/x/text/width"
)

var (
	// mobile and landline, with or without the country and the area, an extension behind it.
	aPhone = regexp.MustCompile(`^(\+?(00)?86)?(1[3-9][0-9]{9}|(0[0-9]{2,3})?[2-9][0-9]{6,7})((转|x|ext)[0-9]{1,6})?$`)
	// between are what parts two numbers in one cell.
	between  = regexp.MustCompile(`[/\\、,，;；|\n\r]|或者?`)
	unspaced = strings.NewReplacer(" ", "", "-", "",
		"\u3000", "", "\u00a0", "", "\t", "", "(", "", ")", "", "–", "", "—", "")
)

// checkPhones looks whether a cell has phone numbers, as offices write them: landlines, several, full-width. None is
// kept, so that only a cell of something else is refused: it may mean that columns have moved.
func checkPhones(cell, name string) string {
	for _, one := range between.Split(width.Fold.String(cell), -1) {
		one = strings.ToLower(one)
		if strings.TrimSpace(one) == "" || aPhone.MatchString(unspaced.Replace(one)) {
			continue
		}
		for _, part := range strings.Fields(one) {
			if !aPhone.MatchString(unspaced.Replace(part)) {
				return fmt.Sprintf("“%s”里不是电话号码（手机号 11 位，座机可带区号），请改对，或者清空这一格", name)
			}
		}
	}
	return ""
}
