namespace CkiSdk.Asn1;

/// <summary>Reads the text of the TIME types, a profile of ISO 8601 in its extended format (X.680 38.3). The compiler and the run-time share it.</summary>
internal sealed class TimeGrammar
{
    /// <summary>The most characters that are read.</summary>
    public const int MostLength = 200;

    private readonly string _text;
    private int _position;

    private TimeGrammar(string text) => _text = text;

    private char Current => _position < _text.Length ? _text[_position] : '\0';

    /// <summary>Tells whether a text is a TIME: a date, a time of day, both, an interval or a recurring one.</summary>
    public static bool IsTime(string text) => Whole(text, reader => reader.Recurring());

    /// <summary>Tells whether a text is a DATE: YYYY-MM-DD from 1582 on (X.680 38.4.1).</summary>
    public static bool IsDate(string text) => text.Length == 10 && Whole(text, reader => reader.BasicDate());

    /// <summary>Tells whether a text is a TIME-OF-DAY: HH:MM:SS (X.680 38.4.2).</summary>
    public static bool IsTimeOfDay(string text) => text.Length == 8 && Whole(text, reader => reader.TimeOfDay());

    /// <summary>Tells whether a text is a DATE-TIME: both with a T between (X.680 38.4.3).</summary>
    public static bool IsDateTime(string text) =>
        text.Length == 19 && Whole(text, reader => reader.BasicDate() && reader.Take('T') && reader.TimeOfDay());

    /// <summary>Tells whether a text is a DURATION: P and numbers with Y, M, W, D, and behind T with H, M, S (X.680 38.4.4).</summary>
    public static bool IsDuration(string text) => Whole(text, reader => reader.Duration());

    private static bool Whole(string text, Func<TimeGrammar, bool> rule)
    {
        var reader = new TimeGrammar(text);
        return text.Length <= MostLength && rule(reader) && reader._position == text.Length;
    }

    private bool Take(char c)
    {
        var isThere = Current == c;
        _position += isThere ? 1 : 0;
        return isThere;
    }

    private bool IsDigitAt(int position) => position < _text.Length && _text[position] is >= '0' and <= '9';

    // A number of so many digits between two bounds; -1 where there is none.
    private int Number(int digits, int least, int most)
    {
        var number = 0;
        for (var i = 0; i < digits; i++)
        {
            if (!IsDigitAt(_position + i))
                return -1;
            number = (10 * number) + (_text[_position + i] - '0');
        }

        _position += digits;
        return number >= least && number <= most ? number : -1;
    }

    // R3/interval, R/interval, interval, or a single point.
    private bool Recurring()
    {
        if (Take('R'))
        {
            while (IsDigitAt(_position))
                _position++;
            return Take('/') && Interval() == true;
        }

        return Interval() is not null;
    }

    // True for an interval, false for a point, null for neither.
    private bool? Interval()
    {
        var isDuration = Current == 'P';
        if (isDuration ? !Duration() : !Point())
            return null;
        if (!Take('/'))
            return isDuration;
        if (Current == 'P')
            return !isDuration && Duration() ? true : null;
        return Point() ? true : null;
    }

    private bool Point()
    {
        if (IsDigitAt(_position) && IsDigitAt(_position + 1) && (_position + 2 >= _text.Length || _text[_position + 2] is ':' or '.' or ',' or 'Z' or '/' || IsOffset()))
            return Clock();
        return Date() && (!Take('T') || Clock());
    }

    // HH+01 and HH-01: two digits and no more before the sign.
    private bool IsOffset() => _text[_position + 2] is '+' or '-';

    // A century, a year with or without month, day, week or day of the year.
    private bool Date()
    {
        if (!Year(out var year))
            return false;
        if (year < 0 || Take('C') || !Take('-'))
            return true;
        if (Take('W'))
            return Number(2, 1, 53) > 0 && (!Take('-') || Number(1, 1, 7) > 0);
        if (IsDigitAt(_position + 2))
            return Number(3, 1, IsLeap(year) ? 366 : 365) > 0;
        return MonthAndDay(year, mayLackDay: true);
    }

    // Four digits, or a sign and four or more; two digits and C are a century. The year is given modulo 400, as leap years go; -1 for a century.
    private bool Year(out int year)
    {
        year = -1;
        var isSigned = Current is '+' or '-';
        _position += isSigned ? 1 : 0;
        var start = _position;
        while (IsDigitAt(_position))
            _position++;
        var digits = _position - start;
        if (digits == 2 && Take('C'))
            return true;
        if (digits < 4 || (digits > 4 && !isSigned))
            return false;
        year = 0;
        for (var i = start; i < _position; i++)
            year = ((10 * year) + (_text[i] - '0')) % 400;
        return true;
    }

    private bool BasicDate()
    {
        var year = Number(4, 1582, 9999);
        return year > 0 && Take('-') && MonthAndDay(year, mayLackDay: false);
    }

    private bool MonthAndDay(int year, bool mayLackDay)
    {
        var month = Number(2, 1, 12);
        if (month < 0)
            return false;
        var days = month switch { 2 => IsLeap(year) ? 29 : 28, 4 or 6 or 9 or 11 => 30, _ => 31 };
        return Take('-') ? Number(2, 1, days) > 0 : mayLackDay;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private bool TimeOfDay()
    {
        var hour = Number(2, 0, 24);
        return hour >= 0 && Take(':') && Number(2, 0, hour == 24 ? 0 : 59) >= 0 && Take(':') && Number(2, 0, hour == 24 ? 0 : 60) >= 0;
    }

    // HH, HH:MM or HH:MM:SS, a fraction of the last, and what it is to UTC.
    private bool Clock()
    {
        var hour = Number(2, 0, 24);
        if (hour < 0)
            return false;
        if (Take(':') && (Number(2, 0, hour == 24 ? 0 : 59) < 0 || (Take(':') && Number(2, 0, hour == 24 ? 0 : 60) < 0)))
            return false;
        if (!Fraction(mustBeZero: hour == 24))
            return false;
        if (Take('Z'))
            return true;
        return !(Take('+') || Take('-')) || (Number(2, 0, 15) >= 0 && (!Take(':') || Number(2, 0, 59) >= 0));
    }

    private bool Fraction(bool mustBeZero)
    {
        if (!Take('.') && !Take(','))
            return true;
        var start = _position;
        for (; IsDigitAt(_position); _position++)
        {
            if (mustBeZero && Current != '0')
                return false;
        }

        return _position > start;
    }

    private bool Duration()
    {
        if (!Take('P'))
            return false;
        var any = false;
        var isLast = false;
        if (!Parts("YMWD", ref any, ref isLast))
            return false;
        if (!Take('T'))
            return any;
        var time = false;
        return !isLast && Parts("HMS", ref time, ref isLast) && time;
    }

    // Numbers with their letters, each letter once and in order; only the last of all may have a fraction; weeks stand alone.
    private bool Parts(string letters, ref bool any, ref bool isLast)
    {
        var next = 0;
        while (IsDigitAt(_position))
        {
            while (IsDigitAt(_position))
                _position++;
            var isWhole = Current is not ('.' or ',');
            var letter = Fraction(mustBeZero: false) ? letters.IndexOf(Current) : -1;
            var isWeek = Current == 'W';
            if (letter < next || isLast || (isWeek && any))
                return false;
            _position++;
            next = letter + 1;
            any = true;
            isLast = !isWhole || isWeek;
        }

        return true;
    }
}
