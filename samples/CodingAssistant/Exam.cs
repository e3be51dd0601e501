using Alignment.Evaluation;
using Alignment.Generation;
using Alignment.Models;
using Alignment.Training;
using static TorchSharp.torch;

namespace Alignment.Samples;

/// <summary>Has models answer the held-out prompts, and checks what they write.</summary>
/// <param name="start">The fine-tuned model.</param>
/// <param name="experts">The held-out pairs.</param>
/// <param name="heldOut">How many of them preference training measured with.</param>
/// <param name="origin">Has the tokenizer.</param>
/// <param name="settings">The command line.</param>
internal sealed class Exam(
    DecoderModel start, IReadOnlyList<PreferencePair> experts, int heldOut, Origin origin, CodingAssistantSettings settings)
{
    private readonly IReadOnlyList<(PreferencePair Pair, IReadOnlyList<int> Prompt)> _asked = [.. experts
        .Select(pair => (Code.Plain(pair), origin.Encoder.EncodePrompt(pair.Prompt)))
        .Where(row => row.Item2.Count + settings.MaxNewTokens <= start.MaxPositions)];

    /// <summary>Asks a model, and measures how far it went from the fine-tuned one.</summary>
    /// <param name="name">What the tables call it.</param>
    /// <param name="model">The model.</param>
    /// <param name="result">Its preference training; null for the fine-tuned model.</param>
    /// <param name="stop">Ends the exam.</param>
    public ExamPaper Take(string name, DecoderModel model, RunResult? result, CancellationToken stop)
    {
        var answers = new TextGenerator(model, origin.Tokenizer).Generate([.. _asked.Select(row => row.Prompt)], Code.Drawn(settings), stop);
        var rows = _asked.Zip(answers, (row, answer) =>
        {
            var pair = row.Pair;
            var (text, asked) = (answer.Text.Trim(), CodeReview.Of(pair.Chosen.ToString()).Method);
            var review = CodeReview.Of(text);
            return new ExamRow(pair, text, review, review.Parses && review.Method == asked);
        });
        var paper = new ExamPaper(name, [.. rows], Divergence(answers, stop));
        return result is null ? paper : paper with
        {
            Margin = result.Measured("eval/rewards/margins"),
            Accuracy = new Proportion((int)Math.Round(result.Measured("eval/rewards/accuracies") * heldOut), heldOut),
            UnseenAccuracy = Rank(model, Unseen(), stop),
        };
    }

    // Pairs that are told apart by something else than what the checks see.
    private IReadOnlyList<TokenizedPair> Unseen() => origin.Encoder.EncodeAll([.. _asked.Select(row => row.Pair)
        .Where(pair => CodeReview.Of(pair.Rejected.ToString()).PassesAll).Select(Turns.Of)]);

    private Proportion? Rank(DecoderModel model, IReadOnlyList<TokenizedPair> pairs, CancellationToken stop) => pairs.Count == 0
        ? null
        : PreferenceEvaluation.Of(model, ReferencePolicy.Frozen(start), pairs, cancellationToken: stop).Accuracy;

    // Mean of log π(y) - log ref(y) over answers y that π was drawn for, at the temperature they were drawn at.
    private double Divergence(IReadOnlyList<GeneratedText> answers, CancellationToken stop)
    {
        using var noGrad = no_grad();
        var total = 0.0;
        foreach (var batch in answers.Select(answer => answer.Response).Chunk(16))
        {
            stop.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var layout = TokenLayout.Of([.. batch.Select(answer => new TokenizedExample(_asked[answer.Prompt].Prompt, answer.Ids))], start.Device);
            var reference = start.TokenLogProbs(layout, settings.Temperature).Sum().Values.sum().to(ScalarType.Float64).item<double>();
            total += batch.Sum(answer => answer.SamplingLogProbs.Sum(logProb => (double)logProb)) - reference;
        }
        return total / answers.Count;
    }
}
