-- What an account has of certificates (internal/account/certificate.go).

-- name: live_certificates
SELECT id, user_id FROM certificates WHERE user_id IN (:people) AND status = 'issued' ORDER BY id;

-- name: certificates
SELECT id FROM certificates WHERE user_id IN (:people);

-- name: erase_certificate
UPDATE certificates SET holder_name = :holder_name, holder_label = :name WHERE id = :id;

-- name: erase_codes
DELETE FROM mini_codes WHERE noun = 'certificate' AND subject_id IN (:ids);

-- name: sheet_certificates
SELECT c.id, c.serial, c.number AS volunteer_number, c.holder_name AS `certificates.holder_name`, c.holder_label,
  c.from_at, c.until_at, c.minutes, c.issuer, c.handler, c.contact, c.status, c.issued_at, c.revoked_at
FROM certificates c WHERE c.user_id IN (:people) ORDER BY c.id;

-- name: sheet_certificate_items
SELECT c.id, c.serial, i.title, i.place, i.started_at, i.minutes
FROM certificates c JOIN certificate_items i ON i.certificate_id = c.id
WHERE c.user_id IN (:people) ORDER BY c.id, i.line;
