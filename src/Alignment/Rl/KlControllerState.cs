namespace Alignment.Rl;

/// <summary>What a checkpoint keeps of a <see cref="KlController"/>.</summary>
/// <param name="Coefficient">The coefficient β, reward per nat; finite and at least 0.</param>
public sealed record KlControllerState(double Coefficient);
