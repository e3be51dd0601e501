using System.Security.Cryptography;
using System.Text;
using Alignment.Training;

namespace Alignment.Feedback;

/// <summary>Principles of a row, drawn by weight and each at most once. The draw depends on seed and row alone, not on the row's place.</summary>
internal static class PrincipleDraw
{
    public static IReadOnlyList<Principle> Of(Constitution constitution, int count, int seed, string row)
    {
        var hash = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(row)));
        var random = new SplitMix64(hash ^ SplitMix64.Of(seed, 0).Next());
        var left = constitution.Principles.ToList();
        var drawn = new List<Principle>();
        while (drawn.Count < count && left.Count > 0)
        {
            var point = random.Unit() * left.Sum(principle => principle.Weight);
            var place = 0;
            while (place < left.Count - 1 && (point -= left[place].Weight) >= 0) place++;
            drawn.Add(left[place]);
            left.RemoveAt(place);
        }
        return drawn;
    }
}
