package report

// MinCell is the smallest number of people's matters that a published figure shows by itself.
const MinCell = 5

// isSmallCell tells whether a number lets a reader guess who is counted. That there is nobody tells nothing of anybody.
func isSmallCell(n int) bool { return n > 0 && n < MinCell }

// protect tells which columns of a table are not shown, of places whose sums a reader knows: those with a small number
// in any place, those that are hidden already, and as many others as it takes that what is hidden of a place cannot be
// told from its sum and the columns that are shown. A column is hidden for all places or for none, so that no place is
// told from the sum of all and the others.
func protect(places [][]int, hidden []bool) []bool {
	all := make([]bool, len(hidden))
	copy(all, hidden)
	for _, p := range places {
		for c, n := range p {
			all[c] = all[c] || isSmallCell(n)
		}
	}
	for betrays(places, all) {
		least, sum := -1, 0
		for c := range all {
			if total := sumOf(places, c); !all[c] && (least < 0 || total < sum) && total > 0 {
				least, sum = c, total
			}
		}
		if least < 0 { // only what is zero everywhere is left to show, and tells the sum of the rest
			return all
		}
		all[least] = true
	}
	return all
}

// betrays tells whether the sum of a place tells what is hidden of it.
func betrays(places [][]int, hidden []bool) bool {
	for _, p := range places {
		columns, sum := 0, 0
		for c, n := range p {
			if hidden[c] && n > 0 {
				columns, sum = columns+1, sum+n
			}
		}
		if columns == 1 || isSmallCell(sum) {
			return true
		}
	}
	return false
}

func sumOf(places [][]int, column int) (sum int) {
	for _, p := range places {
		sum += p[column]
	}
	return sum
}

// showsSums tells whether the sums of all places of a level are shown: none of them is small.
func showsSums(places [][]int) bool {
	for _, p := range places {
		sum := 0
		for _, n := range p {
			sum += n
		}
		if isSmallCell(sum) {
			return false
		}
	}
	return true
}
