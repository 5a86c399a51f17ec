// Code generated from the files of src/pages by `go generate ./miniprogram`. DO NOT EDIT.

/** The pages by the folder of src/pages that each stands in. A page's own name is there once. */
export const folders = {
  activity: ['activities', 'activity', 'calloff', 'checkin', 'code', 'plan', 'roll', 'settle', 'unseen', 'writedown'],
  agreement: ['agree', 'agreements', 'alliance', 'cobuilding', 'lists', 'pact'],
  approval: ['approvals', 'reason', 'walk'],
  brand: ['brand', 'brands', 'newbrand'],
  certificate: ['certificate', 'certificates', 'counter', 'issued', 'unit'],
  claim: ['claims', 'confirm', 'deliver', 'promise'],
  complaint: ['complain', 'complaint', 'complaints'],
  content: ['case', 'flag', 'texts'],
  duty: ['admission', 'admissions', 'duties', 'permit'],
  home: ['home', 'arrive'],
  hours: ['card', 'correct', 'join', 'record', 'recorders', 'records', 'selfreport', 'servicecheck'],
  me: ['about', 'agreement', 'design', 'devices', 'erase', 'gone', 'inbox', 'logout', 'mine', 'mydata', 'name', 'number', 'phonemessages', 'privacy', 'review'],
  membership: ['report', 'reportin'],
  need: ['merge', 'month', 'need', 'needs', 'order', 'orders', 'say', 'stuck', 'towish', 'whistle'],
  objection: ['objection', 'share'],
  offer: ['booking', 'bookings', 'dayoff', 'desks', 'door', 'newoffer', 'offer', 'offerhours', 'offermonth', 'offers'],
  points: ['boards', 'points'],
  project: ['project', 'projects', 'propose', 'steps', 'voters'],
  staff: ['audit', 'below', 'deputy', 'phone', 'staff'],
  team: ['disband', 'found', 'guest', 'handover', 'manage', 'member', 'team', 'teams', 'teamwords'],
  visit: ['meet', 'notebook', 'promises', 'visit', 'visits'],
  wish: ['fulfilled', 'hall', 'places', 'post', 'reads', 'wish', 'wishes'],
} as const
