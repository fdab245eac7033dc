import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Refusal } from '../../platform/refusal.ts';
import { mustBeStrong } from './password-rules.ts';

const about = { email: 'laura.meyer@nordlicht-reisen.example', name: 'Laura Meyer', company: 'Nordlicht Reisen' };
const isRefused = (password: string) => {
  try {
    mustBeStrong(password, about);
    return false;
  } catch (error) {
    assert.ok(error instanceof Refusal && error.code === 'weak_password');
    return true;
  }
};

test('passwords that are tried first are refused, with whatever stands around them', () => {
  for (const password of ['1234567890', 'password123', 'Password123!', 'P@ssword2024', 'qwertyuiop', '1q2w3e4r5t', 'Willkommen1', 'aaaaaaaaaaaa', 'abababababab', 'iloveyou!!', 'Sommer2026', '..passwort..']) assert.ok(isRefused(password), password);
});

test('the person’s and the company’s own names and addresses are refused', () => {
  for (const password of ['laura.meyer@nordlicht-reisen.example', 'LauraMeyer1', 'meyer-laura', 'Nordlicht2026', 'nordlichtreisen', 'Nordlicht-Reisen!', 'laura.meyer', 'reisennordlicht1', 'Laura12345', 'x-laura.meyer@nordlicht-reisen.example-x']) assert.ok(isRefused(password), password);
});

test('unrelated words, pass phrases of any script and random text are taken, with no rule about kinds of characters', () => {
  for (const password of ['correct horse battery staple', 'stuhl wolke hafen', 'kühlschrankmagnet', 'すしがだいすきですよね', 'laura mag nordlicht im winter und kaffee', 'fjordmonkeyglas', '8vLq!x2_pZ', 'aXbYcZdWeV']) assert.ok(!isRefused(password), password);
});

test('long random passwords are never refused', () => {
  fc.assert(fc.property(fc.stringMatching(/^[a-z]{20}$/), (password) => fc.pre(new Set(password).size >= 8) === undefined && !isRefused(password)));
});
