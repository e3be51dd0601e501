namespace Alignment.Data;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Good to know before training.</summary>
    Info,

    /// <summary>Training will run, and something will be learnt that was not meant.</summary>
    Warning,

    /// <summary>Training would fail, or teach the wrong thing: <see cref="DataReport.HasErrors"/>.</summary>
    Error,
}
