"""Small exports in the forms of other apps, made up here: nobody's diary."""

DAYLIO = (
    "\ufefffull_date,date,weekday,time,mood,activities,scales,note_title,note\r\n"
    '2026-03-04,4 March,Wednesday,9:40 pm,good,"walk | took it","Energy:\u00a07","","Better, said “hm”"\r\n'
    '2026-03-04,4 March,Wednesday,12:20 am,awful,"took it","","",""\r\n'
    '2026-03-03,3 March,Tuesday,22:05,Rad,"","Energy:\u00a04 | Noise:\u00a02","A title","two\r\nlines"\r\n'
    '2026-03-03,3 March,Tuesday,7:15 am,meh,"walk","Energy:\u00a09","",""\r\n'
    '2026-03-02,2 March,Monday,20:00,bad,"","","",""\r\n'
)
EMOODS = (
    "ID,DATE (YYYY-MM-DD),IRRITABILITY,ANXIETY,DEPRESSED,ELEVATED,SLEEP,PSYCHOTIC SYMPTOMS,NOTE,THERAPY,"
    "MENSTRUAL CYCLE,WEIGHT,Lithium\n"
    "1,2026-03-02,1,2,3,1,7.5,0,,0,0,0.0,1\n"
    '2,2026-03-03,0,0,4,0,0.0,0,"slow, grey",1,0,61.5,0\n'
    "3,2026-03-04,2,1,1,1,8.0,0,,0,0,0.0,\n"
)
BEARABLE = (
    "date,date formatted,weekday,time of day,category,rating/amount,detail,notes\n"
    '"2nd Mar 2026","2026-03-02","Monday","09:10","Mood","4","Anxious","before the bus"\n'
    '"2nd Mar 2026","2026-03-02","Monday","21:10","Mood","7","Calm | Tired",""\n'
    '"2nd Mar 2026","2026-03-02","Monday","8:05","Meds/Supplements","10","Example (mg)",""\n'
    '"2nd Mar 2026","2026-03-02","Monday","14:00","Meds/Supplements","2.5","Example (mg)",""\n'
    '"2nd Mar 2026","2026-03-02","Monday","am","Symptom","3","Headache (Severe)",""\n'
    '"2nd Mar 2026","2026-03-02","Monday","pm","Symptom","1","Headache (Mild)",""\n'
    '"2nd Mar 2026","2026-03-02","Monday","all day","Factors","","Quiet day | Home",""\n'
    '"3rd Mar 2026","2026-03-03","Tuesday","","Sleep","7:30","Asleep 23:00 - 06:30",""\n'
    '"3rd Mar 2026","2026-03-03","Tuesday","","Sleep quality","4","good",""\n'
    '"3rd Mar 2026","2026-03-03","Tuesday","20:00","Energy","6","ok",""\n'
    '"3rd Mar 2026","2026-03-03","Tuesday","","Focus","3","",""\n'
)
OLD_BEARABLE = (
    "date,weekday,time of day,category,rating/amount,detail,notes\n"
    '"1st Feb 2026","Sunday","20:00","Mood","5","",""\n'
    '"22nd Feb 2026","Sunday","20:00","Mood","6","",""\n'
)
