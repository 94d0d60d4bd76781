/**
 * Until when this phone asks whether the invitation, with which its account was made, still waits for a yes: the last
 * moment at which it can be good (72 hours, `services/invitations`). No secret, and not who invited.
 */
export const INVITED = "invited";
export const GOOD_FOR_MS = 72 * 60 * 60 * 1000;
