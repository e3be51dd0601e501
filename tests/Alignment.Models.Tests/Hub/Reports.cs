namespace Alignment.Models.Tests;

/// <summary>All reports of a download, in order.</summary>
internal sealed class Reports : List<DownloadProgress>, IProgress<DownloadProgress>
{
    public void Report(DownloadProgress value) => Add(value);
}
