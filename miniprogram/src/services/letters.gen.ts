// Code generated from x-letters and x-counts of api/openapi.yaml by `go generate ./internal/letters`. DO NOT EDIT.

export const letters = {
  wishTitle: 30,
  wishDescription: 500,
  estate: 12,
  contactName: 20,
  contactAddress: 100,
  deliveryNote: 500,
  comment: 300,
  reason: 200,
  complaint: 500,
  answer: 300,
  teamName: 20,
  teamIntro: 200,
  activityTitle: 30,
  activityDescription: 500,
  place: 40,
  need: 60,
  objection: 300,
  reportTitle: 30,
  reportNote: 300,
  displayName: 20,
  realName: 30,
} as const
export const counts = {
  wishPhotos: 3,
  deliveryPhotos: 9,
  reportPhotos: 6,
  participants: 9,
  checkIns: 3,
} as const
