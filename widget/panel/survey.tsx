import type { SurveyAsked } from '@rapport/contract';
import { scoresOf } from '@rapport/contract/survey-scales';
import { useState } from 'preact/hooks';
import type { Deeds } from './conversation.ts';
import type { Words } from './words.ts';

interface Props {
  words: Words;
  asked: SurveyAsked;
  deeds: Deeds;
}

/** How it was, when the chat is over. A score is taken as it is pressed, and by keyboard when it is sent, because arrows pass the others on their way; a word on it is welcome, and both can be changed. */
export function Survey({ words, asked, deeds }: Props) {
  const [comment, setComment] = useState(asked.comment);
  const [score, setScore] = useState(asked.score);
  const [state, setState] = useState<'asking' | 'taken' | 'failed'>('asking');
  const own = asked.words;
  const scores = scoresOf(asked.kind);
  const answer = (next: number, isOver: boolean) => void deeds.answerSurvey({ score: next, comment }).then((isTaken) => setState(!isTaken ? 'failed' : isOver ? 'taken' : 'asking'));
  if (state === 'taken') return <p class="standing" role="status" lang={asked.language}>{own.thanks}</p>;
  return (
    <section class="standing" aria-label={asked.question} lang={asked.language}>
      <form noValidate onSubmit={(event) => { event.preventDefault(); if (score !== null) answer(score, true); }}>
        <fieldset class="scale">
          <legend class="place" dir="auto">{asked.question}</legend>
          <div>{scores.map((each) => (
            <label key={each}>
              <input type="radio" name="score" value={each} checked={score === each} aria-label={each === scores[0] ? `${each}, ${own.worst}` : each === scores.at(-1) ? `${each}, ${own.best}` : String(each)} onChange={() => setScore(each)} onClick={(event) => { if (event.detail > 0) answer(each, false); }} />
              <span aria-hidden="true">{each}</span>
            </label>
          ))}</div>
          <p class="ends" aria-hidden="true"><span>{own.worst}</span><span>{own.best}</span></p>
        </fieldset>
        {score !== null && (
          <>
            <label class="field"><span>{own.comment}</span><textarea rows={2} maxLength={2000} dir="auto" value={comment} onInput={(event) => setComment(event.currentTarget.value)} /></label>
            <div class="ways"><button type="submit" class="first">{own.send}</button></div>
          </>
        )}
        {state === 'failed' && <p class="trouble" role="alert">{words.notSent}</p>}
        <p class="ends">{own.whoSees}</p>
      </form>
    </section>
  );
}
