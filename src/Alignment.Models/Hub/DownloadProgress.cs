namespace Alignment.Models;

/// <summary>How far a download is. Neither count ever goes back, whatever has to be sent again.</summary>
/// <param name="File">The file that moved, as the repository names it.</param>
/// <param name="FileBytes">Bytes of it that are here.</param>
/// <param name="FileTotal">Bytes that it has.</param>
/// <param name="TotalBytes">Bytes of all wanted files that are here, those of earlier downloads among them.</param>
/// <param name="Total">Bytes that all wanted files have.</param>
public readonly record struct DownloadProgress(string File, long FileBytes, long FileTotal, long TotalBytes, long Total);
