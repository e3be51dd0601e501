using System.Globalization;
using static TorchSharp.torch;

namespace Alignment.Generation;

/// <summary>Responses that grow by one token a step; rows that have ended leave the batch.</summary>
/// <remarks>Between two steps nothing of a thread is held, neither scope nor grad mode: steps may come from different threads, one at a time.</remarks>
public sealed class GenerationRun : IDisposable
{
    private readonly GenerationRequest request;
    private readonly OpenRow[] rows;
    private readonly List<OpenRow> open;   // in the order of the session's rows
    private readonly DecodingSession session;
    private readonly SeenTokens? seen;
    private Tensor? drawn;                 // the last token of each row of the session, int64 [R]
    private bool isDisposed;

    internal GenerationRun(GenerationRequest request)
    {
        this.request = request;
        var (model, prompts, options) = request;
        rows = [.. prompts.SelectMany((_, prompt) => Enumerable.Range(0, options.SamplesPerPrompt).Select(sample => new OpenRow(prompt, sample, options)))];
        open = [.. rows];
        using var evaluation = new EvaluationMode(model);
        session = model.StartDecoding(prompts, options.MaxNewTokens, options.SamplesPerPrompt);
        if (options.RepetitionPenalty == 1) return;
        seen = new SeenTokens([.. rows.Select(row => prompts[row.Index / options.SamplesPerPrompt])], model.VocabularySize, options.RepetitionPenalty, model.Device);
    }

    /// <summary>Whether every response has ended.</summary>
    public bool IsFinished => open.All(row => row.Finish is not null);

    /// <summary>The responses that have ended, in order of their rows.</summary>
    public IReadOnlyList<GeneratedResponse> Responses => [.. rows.Where(row => row.Finish is not null).Select(row => row.Response())];

    /// <summary>Adds a token to each response that has not ended.</summary>
    /// <param name="cancellationToken">Looked at before the step.</param>
    /// <returns>The tokens, in order of their rows; none when every response has ended.</returns>
    /// <exception cref="OperationCanceledException">It was cancelled; the run is still to be disposed.</exception>
    /// <exception cref="InvalidOperationException">The model gave a logit that is not a finite number.</exception>
    public IReadOnlyList<GeneratedToken> Step(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (IsFinished) return [];
        using var noGrad = no_grad();
        using var scope = NewDisposeScope();
        if (drawn is not null)
        {
            using var evaluation = new EvaluationMode(request.Model);
            if (open.Exists(row => row.Finish is not null)) Compact();
            session.Append(drawn);
        }
        return Draw();
    }

    /// <summary>Frees the tensors of the run.</summary>
    public void Dispose()
    {
        if (isDisposed) return;
        isDisposed = true;
        drawn?.Dispose();
        seen?.Dispose();
        session.Dispose();
    }

    /// <summary>Ends a row after the token that it has just got.</summary>
    internal GeneratedResponse End(int row, FinishReason finish)
    {
        rows[row].End(finish);
        return rows[row].Response();
    }

    private void Compact()
    {
        int[] kept = [.. Enumerable.Range(0, open.Count).Where(i => open[i].Finish is null)];
        var index = tensor(kept.Select(i => (long)i).ToArray(), device: drawn!.device);
        session.Keep(kept);
        seen?.Keep(index);
        SetDrawn(drawn.index_select(0, index));
        open.RemoveAll(row => row.Finish is not null);
    }

    private GeneratedToken[] Draw()
    {
        var logits = seen?.Penalize(session.Logits) ?? session.Logits;
        var (ids, samplingLogProbs) = request.Options.Sampling is { } sampling
            ? NextToken.Of(logits, sampling).Draw(tensor(open.Select(row => row.NextUniform()).ToArray(), device: logits.device))
            : (logits.argmax(1, true), zeros(open.Count, 1, device: logits.device));
        var logSumExp = session.Logits.logsumexp(1, true);
        var logProbs = session.Logits.gather(1, ids) - logSumExp;
        var likely = Likely(logSumExp);
        seen?.Add(ids);
        SetDrawn(ids.squeeze(1));
        // One copy to the host a step; a float64 holds every id.
        var numbers = cat([ids.to(ScalarType.Float64), logProbs.to(ScalarType.Float64), samplingLogProbs.to(ScalarType.Float64)], 1).cpu().data<double>().ToArray();
        var tokens = new GeneratedToken[open.Count];
        for (var i = 0; i < tokens.Length; i++) tokens[i] = Add(open[i], (int)numbers[3 * i], (float)numbers[3 * i + 1], (float)numbers[3 * i + 2]);
        for (var i = 0; i < likely.Length; i++) open[i].Add(likely[i]);
        return tokens;
    }

    // The most likely tokens of each open row, where they are asked for.
    private LikelyToken[][] Likely(Tensor logSumExp)
    {
        if (request.Options.TopLogProbs == 0) return [];
        var count = Math.Min(request.Options.TopLogProbs, request.Model.VocabularySize);
        var (values, ids) = session.Logits.topk(count);
        var (logProbs, tokens) = ((values - logSumExp).to(ScalarType.Float32).cpu().data<float>().ToArray(), ids.cpu().data<long>().ToArray());
        return [.. tokens.Zip(logProbs, (id, logProb) => new LikelyToken((int)id, logProb)).Chunk(count)];
    }

    private GeneratedToken Add(OpenRow row, int id, float logProb, float samplingLogProb)
    {
        if (!float.IsFinite(logProb))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Logits must be finite numbers; those of row {row.Index} for token {row.Length} of its response were not."));
        var options = request.Options;
        FinishReason? finish = options.StopIds.Contains(id) ? FinishReason.StopToken : row.Length + 1 == options.MaxNewTokens ? FinishReason.Length : null;
        return row.Add(id, logProb, samplingLogProb, finish);
    }

    private void SetDrawn(Tensor ids)
    {
        drawn?.Dispose();
        drawn = ids.DetachFromDisposeScope();
    }
}
