package task

import (
	"context"
	"slices"

	"xinyuan/internal/hours"
	"xinyuan/internal/id"
	"xinyuan/internal/media"
	"xinyuan/internal/mysql"
	"xinyuan/internal/state"
)

// pictured says what kinds show of their matters' pictures, and to whom: the noun's
// own rule for who is to decide.
var pictured = map[Kind]struct {
	want  func(dest *[]media.Photo, subjects []int64) mysql.Want
	shows func(task Task) bool
}{
	KindWish:     {photosOf(state.Wish.Noun), isForEverybody},
	KindService:  {photosOfRecords, isForEverybody},
	KindDispute:  {photosOf(state.Claim.Noun), isForDeciders},
	KindCallback: {photosOf(state.Claim.Noun), isForDeciders},
	KindNeed:     {photosOf(state.Need.Noun), isForEverybody},
	// About a person, or without pictures.
	KindClaim: {}, KindMembership: {}, KindComplaint: {}, KindObjection: {}, KindCase: {}, KindAssignment: {},
	KindAdmission: {}, KindProject: {}, KindBrand: {},
}

func photosOf(noun string) func(*[]media.Photo, []int64) mysql.Want {
	return func(dest *[]media.Photo, subjects []int64) mysql.Want { return media.Of(dest, noun, subjects...) }
}

func photosOfRecords(dest *[]media.Photo, subjects []int64) mysql.Want {
	records := make([]id.Record, len(subjects))
	for i, subject := range subjects {
		records[i] = id.Record(subject)
	}
	return hours.WantPhotos(dest, records...)
}

func isForEverybody(Task) bool { return true }

// isForDeciders shows the inside of a home: posts who only call back do not see it.
func isForDeciders(task Task) bool { return task.decides }

// showPhotos puts to the tasks the pictures that whoever reads them may see.
func (s *Service) showPhotos(ctx context.Context, tasks []Task) error {
	found := make([][]media.Photo, len(Kinds())) // of each kind
	var wants []mysql.Want
	for at, kind := range Kinds() {
		p := pictured[kind]
		var subjects []int64
		for _, task := range tasks {
			if task.Kind == kind && p.shows != nil && p.shows(task) {
				subjects = append(subjects, task.ID)
			}
		}
		if len(subjects) > 0 {
			wants = append(wants, p.want(&found[at], subjects))
		}
	}
	if len(wants) == 0 {
		return nil
	}
	err := s.db.Read(ctx, wants...)
	for i, task := range tasks {
		for _, p := range found[slices.Index(Kinds(), task.Kind)] {
			if p.SubjectID == task.ID {
				tasks[i].Photos = append(tasks[i].Photos, p)
			}
		}
	}
	return err
}
