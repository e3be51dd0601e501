namespace Alignment.Training;

/// <summary>A setting, or a group of them, that may be another one when a run goes on: it changes what is written and shown, never the weights.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
internal sealed class FreeOnResumeAttribute : Attribute;
