using System.Text;

namespace Alignment.Data;

/// <summary>Tokens as texts that go through the steps of a file's decoder.</summary>
internal sealed class TokenTexts : TokenDecoder
{
    private readonly Dictionary<int, string> _texts;
    private readonly Func<IReadOnlyList<DecoderStep>> _steps;

    /// <param name="vocabulary">Ids by token.</param>
    /// <param name="addedTokens">What else has an id.</param>
    /// <param name="steps">New steps in order; each run has its own, for they hold state.</param>
    public TokenTexts(IReadOnlyDictionary<string, int> vocabulary, IReadOnlyList<AddedToken> addedTokens, Func<IReadOnlyList<DecoderStep>> steps)
        : base(addedTokens)
    {
        _steps = steps;
        _texts = vocabulary.ToDictionary(token => token.Value, token => token.Key);
        foreach (var token in addedTokens)
            _texts[token.Id] = token.Content;
    }

    public override IncrementalDecoder Start(bool skipSpecialTokens) => new Run(this, skipSpecialTokens);

    private sealed class Run(TokenTexts tokens, bool skipSpecialTokens) : IncrementalDecoder
    {
        private readonly IReadOnlyList<DecoderStep> _steps = tokens._steps();

        public override string Append(int id)
            => !tokens.IsLeftOut(id, skipSpecialTokens) && tokens._texts.TryGetValue(id, out var text) ? Through([text], 0) : "";

        // What a step held back still goes through those after it.
        public override string Finish()
        {
            var text = new StringBuilder();
            for (var i = 0; i < _steps.Count; i++)
            {
                var rest = new List<string>();
                _steps[i].Finish(rest);
                text.Append(Through(rest, i + 1));
            }

            return text.ToString();
        }

        private string Through(List<string> texts, int first)
        {
            for (var i = first; i < _steps.Count && texts.Count > 0; i++)
            {
                var next = new List<string>();
                foreach (var text in texts)
                    _steps[i].Add(text, next);
                texts = next;
            }

            return texts is [var only] ? only : string.Concat(texts);
        }
    }
}
