using Alignment.Rl;
using static TorchSharp.torch;

namespace Alignment.Training;

/// <summary>Numbers of the tokens of some responses, in and out of a row of the numbers of all.</summary>
internal static class TokenColumns
{
    /// <summary>Writes the numbers of some responses to their places.</summary>
    /// <param name="all">Of all responses, <c>[M]</c>.</param>
    /// <param name="sequences">Where these lie.</param>
    /// <param name="rows">The responses, in the order of <paramref name="values"/>.</param>
    /// <param name="values">Their numbers, <c>[m]</c>.</param>
    public static void Put(double[] all, TokenSequences sequences, IReadOnlyList<int> rows, Tensor values)
    {
        var numbers = HostNumbers.Of(values);
        var start = 0;
        foreach (var row in rows)
        {
            Array.Copy(numbers, start, all, sequences.Offsets[row], sequences.Lengths[row]);
            start += sequences.Lengths[row];
        }
    }

    /// <summary>The numbers of some responses as a tensor like another.</summary>
    /// <returns><c>[m]</c>.</returns>
    public static Tensor Take(double[] all, TokenSequences sequences, IReadOnlyList<int> rows, Tensor like) =>
        tensor(rows.SelectMany(row => new ArraySegment<double>(all, sequences.Offsets[row], sequences.Lengths[row])).ToArray(), dtype: like.dtype, device: like.device);
}
