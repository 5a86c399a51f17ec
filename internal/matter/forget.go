package matter

import (
	"context"
	"errors"

	"xinyuan/internal/id"
	"xinyuan/internal/mysql"
)

// Forgetting says which words of matters of a noun go with an account that is deleted.
// Their steps stay.
type Forgetting struct {
	Noun   string
	IDs    []int64
	Title  string    // the title from now on; empty: the title says nothing of a person
	People []id.User // who leaves, and whose reasons go
	Whole  bool      // the matters are theirs: every reason goes, whoever gave it
}

// Forget queues that the words go: reasons, originals of what was hidden, and the
// title.
func Forget(ctx context.Context, tx *mysql.Tx, f Forgetting) error {
	if len(f.IDs) == 0 {
		return nil
	}
	args := mysql.Args{"noun": f.Noun, "ids": f.IDs, "people": f.People, "whole": f.Whole, "title": f.Title}
	var worded []int64
	if err := tx.Select(ctx, &worded, "matter.worded", args); err != nil {
		return err
	}
	var err error
	if len(worded) > 0 {
		err = errors.Join(tx.Add("matter.forget_reasons", args),
			tx.Add("matter.forget_originals", mysql.Args{"noun": "event", "ids": worded}),
			ForgetTexts(tx, "event", worded))
	}
	if f.Title != "" {
		err = errors.Join(err, tx.Add("matter.rename", args))
	}
	return err
}

// ForgetOriginals queues that what was hidden in texts of the matters goes.
func ForgetOriginals[I ~int64](tx *mysql.Tx, noun string, ids []I) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Add("matter.forget_originals", mysql.Args{"noun": noun, "ids": ids})
}

// EmptyInbox queues that the people are told nothing of what they were told.
func EmptyInbox(tx *mysql.Tx, people []id.User) error {
	return tx.Add("matter.empty_inbox", mysql.Args{"people": people})
}

// TitleRecords queues that the register calls records of service as they are called now.
func TitleRecords(tx *mysql.Tx, records []int64) error {
	if len(records) == 0 {
		return nil
	}
	return tx.Add("matter.title_records", mysql.Args{"ids": records})
}

// ForgetAllOriginals queues that what was hidden in texts goes, of whatever noun the ids
// are: no two matters or steps have the same.
func ForgetAllOriginals(tx *mysql.Tx, subjects []int64) error {
	return tx.Add("matter.forget_all_originals", mysql.Args{"ids": subjects})
}

// ForgetPhones queues that nobody is a party to the matters by a phone alone any more.
func ForgetPhones(tx *mysql.Tx, noun string, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Add("matter.forget_phones", mysql.Args{"noun": noun, "ids": ids})
}

// Reseal replaces a sealed original by the same one under another key, and tells whether
// it was still the one that was read.
func Reseal(ctx context.Context, tx *mysql.Tx, args mysql.Args) (int64, error) {
	return tx.Exec(ctx, "matter.reseal_original", args)
}

// RenamePhone queues that who is a party to the matters by a phone alone is known by
// another look-up of the same phone.
func RenamePhone(tx *mysql.Tx, noun string, ids []int64, lookup string) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Add("matter.rename_phone", mysql.Args{"noun": noun, "ids": ids, "lookup": lookup})
}

// ForgetTexts queues that what was kept of texts, to look at them, goes; nobody decides
// any more about those that wait.
func ForgetTexts[I ~int64](tx *mysql.Tx, noun string, ids []I) error {
	if len(ids) == 0 {
		return nil
	}
	return tx.Add("matter.forget_texts", mysql.Args{"noun": noun, "ids": ids, "at": tx.Now()})
}

// ForgetTextsBy is ForgetTexts for all that the people wrote.
func ForgetTextsBy(tx *mysql.Tx, people []id.User) error {
	return tx.Add("matter.forget_texts_by", mysql.Args{"people": people, "at": tx.Now()})
}
