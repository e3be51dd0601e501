using System;

namespace Microsoft.ML.Tokenizers;

/// <summary>Lower case, invariant culture.</summary>
public sealed class LowerCaseNormalizer : Normalizer
{
    public LowerCaseNormalizer() { }

    public static LowerCaseNormalizer Instance { get; } = new LowerCaseNormalizer();

    public override string Normalize(string original) => original.ToLowerInvariant();

    public override string Normalize(ReadOnlySpan<char> original) => original.ToString().ToLowerInvariant();
}

/// <summary>Upper case, invariant culture.</summary>
public sealed class UpperCaseNormalizer : Normalizer
{
    public UpperCaseNormalizer() { }

    public static UpperCaseNormalizer Instance { get; } = new UpperCaseNormalizer();

    public override string Normalize(string original) => original.ToUpperInvariant();

    public override string Normalize(ReadOnlySpan<char> original) => original.ToString().ToUpperInvariant();
}
