namespace Alignment.Data.Reports;

/// <summary>One pair as keys: of two responses to a prompt, which was preferred.</summary>
internal readonly record struct Judgement(UInt128 Prompt, UInt128 Winner, UInt128 Loser, long Row);
