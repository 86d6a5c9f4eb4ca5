using System.Text;

namespace Mail.Core.Common;

/// <summary>A record of a CSV file (RFC 4180).</summary>
/// <param name="Line">Where it begins in the file; the first is 1.</param>
/// <param name="Problem">Why its cells cannot be used; null when they can.</param>
internal sealed record CsvRecord(int Line, IReadOnlyList<string> Cells, string? Problem);

/// <summary>
/// Reads a CSV file record by record, however long it is. As programs write them: commas, semicolons or tabs, whichever the first line has; line ends of any
/// kind; quoted cells with line breaks in them. A record that is too long, or whose quotes do not fit, is told as such, and the next line goes on.
/// </summary>
internal sealed class CsvReader(TextReader text)
{
    private const int LongestRecord = 16 * 1024;
    private const char None = '\0';

    private readonly char[] _buffer = new char[16 * 1024];
    private int _length, _next, _line = 1;
    private char _separator = None;

    /// <returns>Null at the end. Empty lines are passed over.</returns>
    public async ValueTask<CsvRecord?> ReadAsync(CancellationToken ct)
    {
        List<string> cells = [];
        StringBuilder cell = new();
        int began = _line, size = 0;
        bool quoted = false, wasQuoted = false;
        string? problem = null;
        while (true)
        {
            if (_next == _length && !await FillAsync(ct))
            {
                if (quoted) problem ??= "has a quotation mark that is not closed.";
                return IsEmpty() ? null : Record();
            }

            char c = _buffer[_next++];
            if (c == '\n') _line++;
            if (quoted)
            {
                if (c != '"') Append(c);
                else if (await PeekAsync(ct) == '"') Append(_buffer[_next++]);
                else quoted = false;
                if (size <= LongestRecord) continue;
                quoted = false; // an open quotation mark would swallow the rest of the file
            }
            else if (c == '"' && cell.Length == 0 && !wasQuoted) quoted = wasQuoted = true;
            else if (c == '\n' || c == '\r')
            {
                if (c == '\r' && await PeekAsync(ct) == '\n')
                {
                    _next++;
                    _line++;
                }
                else if (c == '\r') _line++;
                if (!IsEmpty()) return Record();
                (began, wasQuoted) = (_line, false);
            }
            else if (IsSeparator(c)) EndCell();
            else if (c == ' ' && (wasQuoted || cell.Length == 0)) continue; // around a quoted cell, and trimmed of every other
            else if (wasQuoted) problem ??= "has text behind a closing quotation mark.";
            else Append(c);
        }

        bool IsEmpty() => cells.Count == 0 && cell.Length == 0 && !wasQuoted && problem is null;

        void Append(char c)
        {
            if (++size <= LongestRecord) cell.Append(c);
            else problem ??= $"is longer than {LongestRecord} characters.";
        }

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
            wasQuoted = false;
            size++;
        }

        CsvRecord Record()
        {
            EndCell();
            if (_separator == None) _separator = ','; // one column
            return new CsvRecord(began, cells, problem);
        }
    }

    private bool IsSeparator(char c)
    {
        if (_separator == None && c is ',' or ';' or '\t') _separator = _separator == None ? c : _separator;
        return c == _separator;
    }

    private async ValueTask<int> PeekAsync(CancellationToken ct) => _next < _length || await FillAsync(ct) ? _buffer[_next] : -1;

    private async ValueTask<bool> FillAsync(CancellationToken ct)
    {
        (_next, _length) = (0, await text.ReadAsync(_buffer, ct));
        return _length > 0;
    }
}
