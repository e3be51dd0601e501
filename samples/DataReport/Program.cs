// A file of preferences in, a report of what is wrong with it out, before anything is trained.
//   dotnet run --project samples/DataReport -c Release -- --help
using Alignment.Samples;

return await Sample.RunAsync<DataReportSettings>(args, async (settings, stop) =>
{
    var report = await Reporting.OfAsync(settings, stop);
    report.Save(settings.Output);
    FindingTable.Write(report);
    Screen.Line($"The report is in {Path.Combine(settings.Output, "report.html")}.");
    return !report.HasErrors;
});
