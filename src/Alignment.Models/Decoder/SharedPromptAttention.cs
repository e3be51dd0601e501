using static TorchSharp.torch;

namespace Alignment.Models;

/// <summary>Attention in two parts: within each prompt, once for all responses to it, and of the responses over prompt and response.</summary>
/// <param name="prompts">The prompts, each as a sequence of its own.</param>
/// <param name="responses">The tokens of the responses as rows of whole sequences.</param>
/// <param name="owner">Place of each row among those of the prompts and then of the responses, int64 <c>[N]</c>.</param>
internal sealed class SharedPromptAttention(LayoutAttention prompts, SelectedAttention responses, Tensor owner) : AttentionContext
{
    /// <summary>Whether the two parts are less work than whole sequences.</summary>
    /// <remarks>
    /// With P tokens of a prompt and R of each of two responses, a causal kernel does <c>(P + R)²</c> products for whole sequences and, with a mask that
    /// it cannot skip, <c>P² / 2 + 2 R (P + R)</c> for the parts: less where <c>2 R² &lt; P²</c>.
    /// </remarks>
    public static bool IsLessWork(TokenLayout layout)
    {
        if (layout.Prompts.Count == layout.Responses.Count) return false;
        double prompt = Longest(layout.Prompts), response = Longest(layout.Responses);
        return 2 * response * response < prompt * prompt;
    }

    public static SharedPromptAttention Of(TokenLayout layout)
    {
        var device = layout.Tokens.device;
        var places = new long[layout.TokenCount];
        var promptRows = Padded(layout.Prompts, places, firstPlace: 0);
        var responseRows = Padded(layout.Responses, places, promptRows.Length);
        var (gather, queries, owner) = (tensor(promptRows, device: device), tensor(responseRows, device: device), tensor(places, device: device));
        return new SharedPromptAttention(
            new LayoutAttention(gather, owner, layout.Prompts.Count),
            new SelectedAttention(queries, layout.Positions.index_select(0, queries), layout.Gather, owner, layout.SequenceCount),
            owner);
    }

    public override IReadOnlyList<Tensor> Tensors => [.. prompts.Tensors, .. responses.Tensors, owner];

    public override AttentionContext With(IReadOnlyList<Tensor> tensors)
    {
        var (first, second) = (prompts.Tensors.Count, responses.Tensors.Count);
        return new SharedPromptAttention(
            (LayoutAttention)prompts.With([.. tensors.Take(first)]), (SelectedAttention)responses.With([.. tensors.Skip(first).Take(second)]), tensors[^1]);
    }

    public override Tensor Attend(AttentionPattern pattern, Tensor query, Tensor key, Tensor value)
    {
        using var scope = NewDisposeScope();
        var places = cat([prompts.Places(pattern, query, key, value), responses.Places(pattern, query, key, value)], 0);
        return places.index_select(0, owner).MoveToOuterDisposeScope();
    }

    public override long Kept(DecoderConfig config) => prompts.Kept(config) + responses.Kept(config);

    private static int Longest(IEnumerable<LayoutSpan> spans) => spans.Max(span => span.Length);

    /// <summary>Rows of spans side by side, padded with row 0 to the longest; notes the place of each row.</summary>
    private static long[] Padded(IReadOnlyList<LayoutSpan> spans, long[] places, long firstPlace)
    {
        var longest = Longest(spans);
        var rows = new long[spans.Count * longest];
        for (var s = 0; s < spans.Count; s++)
        {
            for (var t = 0; t < spans[s].Length; t++)
            {
                rows[s * longest + t] = spans[s].Start + t;
                places[spans[s].Start + t] = firstPlace + s * longest + t;
            }
        }
        return rows;
    }
}
