using Alignment.Training;

namespace Alignment.Tests.Checkpoints;

public sealed class CheckpointOptionsTests
{
    [Fact]
    public void Defaults_are_those_of_the_field()
    {
        var options = new CheckpointOptions();
        Assert.Equal((null, 500, 3, ResumeMode.Newest, true), (options.Folder, options.SaveSteps, options.SaveTotalLimit, options.Resume, options.SavesAtEnd));
        Assert.Null(new CheckpointOptions { SaveTotalLimit = null }.SaveTotalLimit);
    }

    [Fact]
    public void Wrong_values_fail_where_they_are_written()
    {
        Assert.StartsWith("SaveSteps must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointOptions { SaveSteps = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("SaveTotalLimit must be at least 1.", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointOptions { SaveTotalLimit = 0 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Resume must be one of Newest, Required, Never.", Assert.Throws<ArgumentOutOfRangeException>(() => new CheckpointOptions { Resume = (ResumeMode)9 }).Message, StringComparison.Ordinal);
        Assert.StartsWith("Folder must be null or the path of a folder. Actual value was ' '.", Assert.Throws<ArgumentException>(() => new CheckpointOptions { Folder = " " }).Message, StringComparison.Ordinal);
    }
}
