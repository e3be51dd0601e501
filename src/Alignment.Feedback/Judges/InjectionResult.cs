namespace Alignment.Feedback;

/// <summary>What an attack did to a judge.</summary>
/// <param name="Case">The attack.</param>
/// <param name="Clean">The verdict without it, the good answer being the first; null where there is none.</param>
/// <param name="Attacked">The verdict with it; null where there is none.</param>
/// <param name="Effect">What that comes to.</param>
public sealed record InjectionResult(InjectionCase Case, PairVerdict? Clean, PairVerdict? Attacked, InjectionEffect Effect);
