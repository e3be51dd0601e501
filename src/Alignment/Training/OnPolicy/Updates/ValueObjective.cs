using Alignment.Losses;

namespace Alignment.Training;

/// <summary>How values are trained along.</summary>
/// <param name="Loss">The clipped value loss.</param>
/// <param name="Coefficient">Its weight beside the policy's.</param>
internal sealed record ValueObjective(PpoValueLoss Loss, double Coefficient);
