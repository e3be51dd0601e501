namespace Alignment.Training;

/// <summary>A number with the name that the field knows it by.</summary>
/// <param name="Name">For example <c>loss</c> or <c>rewards/chosen</c>, as TRL logs them; parts are separated by a slash.</param>
/// <param name="Value">The number, in the unit that its documentation names; it may be NaN where there was nothing to measure.</param>
public readonly record struct Metric(string Name, double Value);
