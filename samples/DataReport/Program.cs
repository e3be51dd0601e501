// A file of preferences in, a report of what is wrong with it out, before anything is trained.
using System.Globalization;
using Alignment.Data;
using Alignment.Samples.DataReports;
using Spectre.Console;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
try
{
    var arguments = Arguments.Parse(args);
    var report = await Reporting.OfAsync(arguments, stop.Token);
    report.Save(arguments.Output);
    FindingTable.Write(report);
    AnsiConsole.MarkupLineInterpolated($"The report is in [bold]{Path.Combine(arguments.Output, "report.html")}[/].");
    return report.HasErrors ? 1 : 0;
}
catch (ArgumentException error)
{
    Console.Error.WriteLine(error.Message);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}
catch (Exception error) when (error is IOException or FormatException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
